// The log group that the server was started with, and the file it is.
let group;

export const setLogGroup = (given) => { group = given; };
export const logGroup = () => group;
