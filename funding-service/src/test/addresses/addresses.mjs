// The first addresses of an extended public key, one a line: node addresses.mjs XPUB COUNT
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { HDKey } from '@scure/bip32'

const [xpub, count] = process.argv.slice(2)
const parent = HDKey.fromExtendedKey(xpub)
const lines = []
for (let index = 0; index < Number(count); index++) {
  const point = secp256k1.Point.fromBytes(parent.deriveChild(index).publicKey)
  const digits = bytesToHex(keccak_256(point.toBytes(false).slice(1)).slice(12))
  const hash = bytesToHex(keccak_256(new TextEncoder().encode(digits)))
  lines.push('0x' + [...digits].map((digit, i) => parseInt(hash[i], 16) >= 8 ? digit.toUpperCase() : digit).join(''))
}
console.log(lines.join('\n'))
