/** Words that people put for one another when they ask a business something: each line is one thing. */

/** The first word names the line; words are stems as `stemOf` makes them of what stands here. */
export const CONCEPTS = `
price price prices cost costs charge charges fee fees pay expensive cheap pounds pound euros euro dollars dollar cents pence rate rates
free free gratis nothing
hours hours open opens opening close closes closed closing
place where address located location street road lane avenue square find directions floor corner
when when date season start starts end begin begins month january february march april may june july august september october november december
arrive arrive arrival check-in checkin come
leave leave departure checkout check-out
long long minutes minute hours hour takes duration lasts
pay pay paying payment card cards cash cheque check credit debit invoice bill transfer
book book booking reserve reservation appointment appointments schedule order ordered ordering ahead advance slot
cancel cancel cancelled cancellation postpone reschedule
child child children kid kids baby babies toddler toddlers son daughter year-old family
animal animal animals pet pets dog dogs cat cats puppy
car car cars park parking vehicle garage
bus bus train tram station subway metro
deliver deliver delivery bring ship shipping send house home post
contact phone telephone number call email mail reach contact
wheelchair wheelchair disabled accessible accessibility lift elevator stairs step-free
internet wifi wi-fi wireless internet wlan online
swim swim swimming pool lake beach bathe water
buy buy shop shops supermarket groceries grocery store stores sell sold
hire hire rent rental rents lend borrow loan
fire fire fires campfire campfires barbecue barbecues grill grilling bonfire
pain pain pains hurt hurts hurting ache aches toothache emergency emergencies urgent
allergy allergy allergies allergic gluten lactose vegan vegetarian milk nuts wheat
insurance insurance insured insurer coverage covered
owner owner owns runs boss manager founder
food food eat meal meals breakfast lunch dinner restaurant café cafe kitchen menu snack
sleep room rooms bed beds bedroom overnight stay
guarantee guarantee warranty refund refunds return returns exchange money-back
repair repair repairs fix fixes fixing mend broken
teacher teacher teaches teach lesson lessons course courses class classes
gift gift gifts voucher vouchers present
language language languages english german french spanish speak spoken
smoke smoke smoking cigarette
job job jobs vacancy vacancies hiring career apply
`;
