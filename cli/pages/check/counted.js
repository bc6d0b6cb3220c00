// "1 witness", "2 witnesses": a number as it is said.
export function counted(count, one, many = `${one}s`) {
    return `${count} ${count === 1 ? one : many}`;
}
