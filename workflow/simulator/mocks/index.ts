/** Mocks for whole machines, from the mock configuration files of *Step Functions Local*. */
export { InvalidMocks, readMocks, type MockConfig } from "./config.ts";
export { mockedServices } from "./integration.ts";
export { checkTestCase, chooseTestCase, type TestCase } from "./test-case.ts";
