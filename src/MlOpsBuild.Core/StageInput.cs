namespace MlOpsBuild.Core;

/// <summary>One named part of a stage's key.</summary>
/// <param name="Name">What it is, for example <c>contract</c> or <c>data</c>; named when it is the reason to run.</param>
/// <param name="Value">A digest, a number or canonical JSON.</param>
/// <param name="Shown">Short form for people, for example <c>17,379 rows</c>.</param>
public sealed record StageInput(string Name, string Value, string? Shown = null)
{
    /// <summary>The part that stands for <paramref name="value"/> by the digest of its canonical JSON.</summary>
    public static StageInput Of<T>(string name, T value, string? shown = null) =>
        new(name, Digest.Of(CanonicalJson.Serialize(value)).ToString(), shown);
}
