// Checks a folder of tiles by the code that Go's checksum database is read with (golang.org/x/mod,
// Debian's golang-golang-x-mod-dev): its notes, its tiles and its proofs. Prints size and root.
//
//	go run check_log.go FOLDER VERIFIER-KEY
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles as c2sp.org/tlog-tiles names them: without the height, and with entries for data.
type folder string

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, err := os.ReadFile(filepath.Join(string(f), "tile", path))
		if err != nil {
			return nil, err
		}
		read = append(read, bytes)
	}
	return read, nil
}

func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	log := folder(os.Args[1])
	verifier := must(note.NewVerifier(os.Args[2]))
	signed := must(os.ReadFile(filepath.Join(string(log), "checkpoint")))
	opened := must(note.Open(signed, note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	size := must(strconv.ParseInt(lines[1], 10, 64))
	var root tlog.Hash
	copy(root[:], must(base64.StdEncoding.DecodeString(lines[2])))
	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, log)

	for first := int64(0); first < size; first += 256 {
		width := size - first
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: int(width)}
		path := strings.TrimPrefix(tile.Path(), "tile/8/0/")
		bundle := must(os.ReadFile(filepath.Join(string(log), "tile/entries", path)))
		for index := first; index < first+width; index++ {
			length := int(binary.BigEndian.Uint16(bundle))
			leaf := tlog.RecordHash(bundle[2 : 2+length])
			bundle = bundle[2+length:]
			proof := must(tlog.ProveRecord(size, index, hashes))
			if err := tlog.CheckRecord(proof, size, root, index, leaf); err != nil {
				must(0, fmt.Errorf("entry %d: %v", index, err))
			}
		}
		if len(bundle) != 0 {
			must(0, fmt.Errorf("%s is too long", path))
		}
	}
	fmt.Println(size, lines[2])
}
