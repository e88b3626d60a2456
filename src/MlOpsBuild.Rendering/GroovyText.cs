using System.Globalization;
using System.Text;

namespace MlOpsBuild.Rendering;

/// <summary>Makes a value harmless in Groovy.</summary>
internal static class GroovyText
{
    /// <summary>The value in single quotes, in which nothing is filled in.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\\' or '\'' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                _ when char.IsControl(letter) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('\'').ToString();
    }
}
