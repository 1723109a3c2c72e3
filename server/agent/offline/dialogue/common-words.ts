/** English words that are in talk about anything, so that they say nothing about what is talked about. */
const WORDS = `
a an the i you he she it we they me him her us them my your his its our their mine yours
this that these those there here who what which when where why how whether
am is are was were be been being do does did doing done has have had having
can could will would shall should may might must not no yes ok
and or but if then than so because as of at by for with about into to from up down in out on off over under
before after until between through while during around again once
all any both each few more most other some such only own same too very just also still yet already much many
something anything everything nothing someone somebody anyone anybody one ones thing things else
now today tomorrow yesterday morning afternoon evening night week weekend day days time times hour hours
monday tuesday wednesday thursday friday saturday sunday long soon late early
please thanks thank hello hi hey goodbye bye good great right well sorry nice sure
get got getting give given go going come coming take taken make let like love want wanted need know tell told
say said see look think wonder wondering ask help hear call called talk speak set put bring find wait moment
new old last next little bit lot way back home half past quick question idea chance rather ever never always
really quite maybe possible able name
`;

/** In small letters, contractions spelled out. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
