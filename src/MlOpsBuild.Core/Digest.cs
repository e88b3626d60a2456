using System.Security.Cryptography;

namespace MlOpsBuild.Core;

/// <summary>The SHA-256 digest that names a piece of content, written <c>sha256:&lt;64 hex digits&gt;</c>.</summary>
public readonly record struct Digest
{
    private const string Prefix = "sha256:";
    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    private Digest(string hex) => Hex = hex;

    /// <summary>The 64 lower-case hexadecimal digits without the algorithm prefix.</summary>
    public string Hex { get; }

    /// <summary>The first 12 digits: enough to recognise, not to verify.</summary>
    public string Abbreviated => Hex[..12];

    /// <summary>Digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Digest of the UTF-8 bytes of <paramref name="text"/>.</summary>
    public static Digest Of(string text) => Of(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Digest of all bytes left in <paramref name="stream"/>.</summary>
    public static async Task<Digest> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        new(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));

    /// <summary>Reads <c>sha256:…</c>; throws <see cref="FormatException"/> for anything else.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest)
            ? digest
            : throw new FormatException($"'{text}' is not a digest; expected sha256: and 64 hexadecimal digits.");

    /// <summary>Reads <c>sha256:…</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        var valid = text is { Length: 71 }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        digest = valid ? new Digest(text![Prefix.Length..]) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Prefix + Hex;
}
