/** A code as it is typed or pasted ("123 456", "Your code is 123456."), reduced to its digits. */
export function digitsOf(text: string): string {
  // Other scripts' digits count too: a phone keyboard may write them.
  return text.normalize('NFKC').replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0))
    .replace(/\D/g, '');
}
