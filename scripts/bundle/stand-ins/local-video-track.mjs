/** For video that is published, which a call never does. */
export default class LocalVideoTrack {
  constructor() {
    throw new TypeError('no video in this build');
  }
}

export const videoLayersFromEncodings = () => [];
