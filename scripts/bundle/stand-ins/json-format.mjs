/** For the JSON form of messages, which no call uses: LiveKit's client and server talk in the binary one. */
export const makeJsonFormat = () => ({});
