/** What is written short and said at length. */
import { wordTable } from './word-table.js';

/** Before a name, with or without a full stop. */
export const TITLES = wordTable(`
Mr Mister|Mrs Missus|Ms Miz|Dr Doctor|Prof Professor|St Saint|Mt Mount|Ft Fort|Gen General|Gov Governor|Sen Senator|Capt Captain
Lt Lieutenant|Col Colonel|Sgt Sergeant|Cmdr Commander|Rev Reverend|Hon Honorable|Pres President|Cpl Corporal|Maj Major|Adm Admiral
Fr Father|Messrs Messieurs|Ste Sainte|Mme Madame|Insp Inspector|Supt Superintendent
`);

/** Behind the name of a street; with a full stop, or where the number of the house is told. */
export const STREETS = wordTable(`
St Street|Ave Avenue|Av Avenue|Blvd Boulevard|Rd Road|Ln Lane|Dr Drive|Hwy Highway|Pkwy Parkway|Ct Court|Pl Place|Sq Square|Ter Terrace|Cir Circle
`);

/** With their full stop, which ends a sentence as well where one begins behind it. */
export const POINTED = wordTable(`
Jr Junior|Sr Senior|Inc Incorporated|Ltd Limited|Corp Corporation|Co Company|Bros Brothers|Assn Association|Dept Department|dept department
Univ University|Apt Apartment|apt apartment|Ste Suite|Bldg Building|bldg building|Fl Floor|Rm Room|Atty Attorney|Govt Government|govt government
approx approximately|est estimated|etc et cetera|vs versus|incl including|excl excluding|max maximum|min minimum|avg average|misc miscellaneous
tel telephone|Tel Telephone|ext extension|Ext Extension|temp temporary|esp especially|resp respectively|ca circa|cf compare|al al|orig originally
hrs hours|mins minutes|secs seconds|hr hour|wk week|yr year|yrs years|mo month|info info|qty quantity|Qty Quantity|intl international|natl national
appt appointment|appts appointments|mgr manager|Mgr Manager|asst assistant|Asst Assistant|dir director|Rep Representative|reps representatives
`);

/** Before a number only. */
export const NUMBERED = wordTable(`
No number|no number|Nos numbers|nos numbers|p page|pp pages|Vol Volume|vol volume|Fig Figure|fig figure|Figs Figures|figs figures|Ch Chapter|ch chapter|Sec Section|sec section|Art Article|art article|Pt Part|pt part|Apt Apartment|Ste Suite|ext extension|Ext Extension|x extension|Rm Room|Tel Telephone|tel telephone|ca circa|c circa|approx approximately|Nr number|nr number
`);

/** Wherever they stand. */
export const PLAIN = wordTable(`
w/o without|w/ with|b/c because|a.k.a. also known as|aka also known as|AKA also known as|vs versus|etc et cetera|approx approximately
N/A not applicable|n/a not applicable|c/o care of|P.S. P S|BTW by the way|FYI F Y I|TBD to be determined|TBC to be confirmed|IMO in my opinion|P.O. P O
Q&A Q and A|R&D R and D|B&B B and B|R&B R and B|C++ C plus plus|C# C sharp|F# F sharp|.NET dot net|'n' and|'em them|he/she he or she|she/he she or he
his/her his or her|him/her him or her|and/or and or|AC/DC A C D C|TCP/IP T C P I P|I/O I O|A/C A C
`);
