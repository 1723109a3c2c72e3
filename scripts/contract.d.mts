/** Types of `contract.mjs`, which runs before anything is compiled. */
/** Every generated file, as it should be, by its path in the repository. */
export declare function generateContract(): Promise<Record<string, string>>;
