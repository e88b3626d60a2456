using System.Text.RegularExpressions;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>The words of an expression.</summary>
internal static partial class ExpressionLexer
{
    public static IReadOnlyList<string> Read(string expression)
    {
        var words = Word().Matches(expression);
        var read = string.Concat(words.Select(word => word.Value));
        return read.Length == expression.Length
            ? [.. words.Select(word => word.Value.Trim()).Where(word => word.Length > 0)]
            : throw new FormatException($"not an expression from '{expression[Gap(words)..]}' on: {expression}");
    }

    private static int Gap(MatchCollection words)
    {
        var end = 0;
        foreach (Match word in words)
        {
            if (word.Index != end)
            {
                break;
            }

            end += word.Length;
        }

        return end;
    }

    [GeneratedRegex(
        @"\s+|'(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_-]*|==|!=|<=|>=|&&|\|\||[!<>().,\[\]*]", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
