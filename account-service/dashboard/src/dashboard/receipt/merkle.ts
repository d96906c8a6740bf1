// RFC 6962, section 2.1, over SHA-256: a leaf is SHA-256(0x00 ‖ bytes), a node SHA-256(0x01 ‖ left ‖ right).

export async function leaf(bytes: Uint8Array) {
  return sha256(joined(Uint8Array.of(0), bytes))
}

async function node(left: Uint8Array, right: Uint8Array) {
  return sha256(joined(Uint8Array.of(1), left, right))
}

/** The root that leaf number `index` of `size` has with this path, lowest first; throws for a path that does not fit that place. */
export async function rootOf(hashOfLeaf: Uint8Array, index: bigint, size: bigint, path: Uint8Array[]) {
  if (index < 0n || index >= size) throw new Error(`the leaf must be one of 0 to ${size - 1n}, and is ${index}`)
  let hash = hashOfLeaf
  let at = index
  let last = size - 1n
  for (const beside of path) {
    if (last === 0n) throw new Error('the path must end at the root, and is too long')
    if ((at & 1n) === 1n || at === last) {
      hash = await node(beside, hash)
      // A last node without a sibling goes up unchanged until it is a right child.
      while ((at & 1n) === 0n && at !== 0n) {
        at >>= 1n
        last >>= 1n
      }
    } else {
      hash = await node(hash, beside)
    }
    at >>= 1n
    last >>= 1n
  }
  if (last !== 0n) throw new Error('the path must end at the root, and is too short')
  return hash
}

export function joined(...parts: Uint8Array[]) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}

export function hex(bytes: Uint8Array) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function ofHex(text: string) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('a hash must be hexadecimal')
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

async function sha256(bytes: Uint8Array<ArrayBuffer>) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
