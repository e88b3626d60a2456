using System.Globalization;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>
/// Names of metrics, parameters and tags as MLflow takes them: letters, digits, <c>_</c>, <c>-</c>, <c>.</c>, blanks, and slashes that part
/// what a file's path would; at most 250 characters.
/// </summary>
internal static class EntityName
{
    private const int Longest = 250;

    /// <summary>The nearest name that MLflow takes: <c>R²</c> is <c>R2</c>.</summary>
    public static string Of(string text)
    {
        var plain = string.Concat(text.Select(Plain));
        var parts = plain.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part is "." or ".." ? new string('_', part.Length) : part)
            .ToList();
        var name = parts.Count == 0 ? "_" : string.Join('/', parts);
        return name.Length <= Longest ? name : name[..Longest].TrimEnd('/');
    }

    /// <summary>
    /// Every value under the nearest name; one whose name is another's already gets a number behind it, so that none takes another's place.
    /// </summary>
    public static List<KeyValuePair<string, T>> Distinct<T>(IEnumerable<KeyValuePair<string, T>> values)
    {
        var (taken, named) = (new HashSet<string>(StringComparer.Ordinal), new List<KeyValuePair<string, T>>());
        foreach (var (text, value) in values)
        {
            var name = Of(text);
            for (var next = 2; !taken.Add(name); next++)
            {
                var behind = FormattableString.Invariant($" {next}");
                name = Of(text) is var nearest && nearest.Length + behind.Length > Longest
                    ? nearest[..(Longest - behind.Length)] + behind
                    : nearest + behind;
            }

            named.Add(new(name, value));
        }

        return named;
    }

    private static char Plain(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ' ' or '/' ? letter
        : CharUnicodeInfo.GetDigitValue(letter) is >= 0 and var digit ? (char)('0' + digit)
        : '_';
}
