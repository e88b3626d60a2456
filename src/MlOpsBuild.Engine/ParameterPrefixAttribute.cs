namespace MlOpsBuild.Engine;

/// <summary>
/// Puts a word before the names of a component's parameters: <c>[ParameterPrefix("Release")]</c> makes
/// <c>Version</c> to <c>--release-version</c>.
/// </summary>
/// <param name="prefix">The word; a trailing "Prefix" is left out, so that <c>nameof(ReleasePrefix)</c> may be given.</param>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ParameterPrefixAttribute(string prefix) : Attribute
{
    private const string Suffix = "Prefix";

    /// <summary>The word before each name.</summary>
    public string Prefix { get; } = prefix.Length > Suffix.Length && prefix.EndsWith(Suffix, StringComparison.Ordinal)
        ? prefix[..^Suffix.Length]
        : prefix;
}
