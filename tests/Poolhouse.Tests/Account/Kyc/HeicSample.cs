using System.Text;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>
/// A HEIC file as a phone lays it out: a grid of two tiles, its thumbnail, EXIF and XMP, sizes, turning and an ICC profile. No decoder is at hand, so the tiles'
/// bytes are made up; all that is read here is the structure.
/// </summary>
internal sealed class HeicSample
{
    public byte[] TileA { get; init; } = [.. Enumerable.Range(0, 200).Select(i => (byte)(i | 0x80))];

    public byte[] TileB { get; init; } = [.. Enumerable.Range(0, 300).Select(i => (byte)(i | 0x80))];

    public string Brand { get; init; } = "heic";

    public int Width { get; init; } = 1024;

    public int Height { get; init; } = 512;

    /// <summary>Added to where the EXIF item's data is said to be.</summary>
    public int ExifShift { get; init; }

    /// <summary>Whether the ICC profile is marked as essential.</summary>
    public bool NeedsProfile { get; init; }

    public byte ItemProtection { get; init; }

    public byte[] Build()
    {
        var exif = new byte[] { 0, 0, 0, 6 }.Concat("Exif\0\0"u8.ToArray()).Concat(Samples.Exif(1)).ToArray();
        var xmp = Samples.Bytes("<x:xmpmeta>" + Samples.Secret);
        var type = Box("ftyp", [.. Text(Brand), 0, 0, 0, 0, .. "mif1"u8, .. Text(Brand)]);
        // Lengths don't depend on places, so the second build knows them.
        var meta = Meta(0, exif.Length, xmp.Length);
        meta = Meta(type.Length + meta.Length + 8, exif.Length, xmp.Length);
        return [.. type, .. meta, .. Box("mdat", [.. TileA, .. TileB, .. exif, .. xmp, .. Samples.Bytes(Samples.Secret)]), .. Box("uuid", [.. new byte[16], .. Samples.Bytes(Samples.Secret)])];
    }

    private byte[] Meta(int data, int exif, int xmp)
    {
        byte[] grid = [0, 0, 0, 1, (byte)(Width >> 8), (byte)Width, (byte)(Height >> 8), (byte)Height];
        return Full("meta",
        [
            .. Full("hdlr", [0, 0, 0, 0, .. "pict"u8, .. new byte[12], .. Samples.Bytes(Samples.Secret), 0]),
            .. Full("pitm", [0, 3]),
            .. Full("iinf",
            [
                0, 5, .. Item(1, "hvc1"), .. Item(2, "hvc1"), .. Item(3, "grid"), .. Item(4, "Exif"),
                .. Item(5, "mime", "application/rdf+xml\0"),
            ]),
            .. Full("iloc",
            [
                0x44, 0x00, 0, 5,
                .. Place(1, 0, data, TileA.Length), .. Place(2, 0, data + TileA.Length, TileB.Length), .. Place(3, 1, 0, grid.Length),
                .. Place(4, 0, data + TileA.Length + TileB.Length + ExifShift, exif), .. Place(5, 0, data + TileA.Length + TileB.Length + exif, xmp),
            ], version: 1),
            .. Full("iref", [.. Box("dimg", [0, 3, 0, 2, 0, 1, 0, 2]), .. Box("cdsc", [0, 4, 0, 1, 0, 3])]),
            .. Box("iprp",
            [
                .. Box("ipco",
                [
                    .. Full("ispe", [.. Samples.Big(Width), .. Samples.Big(Height)]),
                    .. Box("hvcC", [1, .. new byte[22]]),
                    .. Box("irot", [1]),
                    .. Box("colr", [.. "prof"u8, .. Samples.Bytes(Samples.Secret)]),
                ]),
                .. Full("ipma", [0, 0, 0, 1, 0, 3, 4, 0x81, 0x82, 0x83, NeedsProfile ? (byte)0x84 : (byte)0x04]),
            ]),
            .. Box("idat", grid),
            .. Box("xml ", Samples.Bytes(Samples.Secret)),
        ]);
    }

    private byte[] Item(int id, string type, string more = "") =>
        Full("infe", [0, (byte)id, 0, ItemProtection, .. Text(type), .. Samples.Bytes("name" + Samples.Secret), 0, .. Samples.Bytes(more)], version: 2);

    private static byte[] Place(int id, int method, int offset, int length) =>
        [0, (byte)id, 0, (byte)method, 0, 0, 0, 1, .. Samples.Big(offset), .. Samples.Big(length)];

    private static byte[] Full(string type, byte[] content, byte version = 0) => Box(type, [version, 0, 0, 0, .. content]);

    private static byte[] Box(string type, byte[] content) => [.. Samples.Big(content.Length + 8), .. Text(type), .. content];

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
