/** Durations are seconds, as in ASL; these words say which unit was meant. */
export const seconds = (count: number): number => count;
export const minutes = (count: number): number => count * 60;
export const hours = (count: number): number => count * 3600;
export const days = (count: number): number => count * 86_400;
