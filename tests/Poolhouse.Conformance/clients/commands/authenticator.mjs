// A browser and its authenticator: one ES256 passkey (WebAuthn Level 2, "none" attestation).
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const sha256 = (data) => createHash('sha256').update(data).digest();
const base64 = (data) => Buffer.from(data).toString('base64url');

/** RFC 8949: a head with a length below 65,536. */
function head(major, length) {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

/** CBOR of integers, texts, bytes and maps (as pairs), which is all that is needed. */
function cbor(value) {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.length), ...value.flat().map(cbor)]);
}

export class Authenticator {
  constructor(origin) {
    this.origin = origin;
    this.id = randomBytes(32);
    this.count = 0;
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** RegistrationResponseJSON for CredentialCreationOptions. */
  create(options) {
    this.userHandle = options.user.id;
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' });
    const key = cbor([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key]);
    const authData = Buffer.concat([this.#data(options.rp.id, 0x45), attested]);
    return this.#answer({
      clientDataJSON: base64(this.#clientData('webauthn.create', options.challenge)),
      attestationObject: base64(cbor([['fmt', 'none'], ['attStmt', []], ['authData', authData]])),
      transports: ['internal'],
    });
  }

  /** AuthenticationResponseJSON for CREDENTIAL_REQUEST_OPTIONS. */
  get(options) {
    this.count++;
    const authenticatorData = this.#data(options.rpId, 0x05);
    const clientData = this.#clientData('webauthn.get', options.challenge);
    const signature = createSign('SHA256').update(authenticatorData).update(sha256(clientData)).sign(this.keys.privateKey);
    return this.#answer({
      clientDataJSON: base64(clientData), authenticatorData: base64(authenticatorData), signature: base64(signature), userHandle: this.userHandle,
    });
  }

  #answer(response) {
    return {
      id: base64(this.id), rawId: base64(this.id), type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {}, response,
    };
  }

  #clientData(type, challenge) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  #data(relyingParty, flags) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.count);
    return Buffer.concat([sha256(relyingParty), Buffer.from([flags]), count]);
  }
}
