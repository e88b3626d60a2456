using System.Net.Http.Headers;
using System.Text;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>What a registry says it wants with a 401: a scheme and parameters such as realm, service and scope.</summary>
internal sealed record AuthenticationChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    public static AuthenticationChallenge Of(AuthenticationHeaderValue header) => new(header.Scheme, Read(header.Parameter ?? ""));

    // name=token or name="text with \" and commas", separated by commas (RFC 9110, section 11.2); what does not fit ends the reading.
    private static Dictionary<string, string> Read(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var position = 0;
        while (text.IndexOf('=', position) is > 0 and var equals)
        {
            var name = text[position..equals].Trim(' ', '\t', ',');
            position = equals + 1;
            while (position < text.Length && text[position] is (' ' or '\t'))
            {
                position++;
            }

            var value = position < text.Length && text[position] == '"' ? Quoted(text, ref position) : Plain(text, ref position);
            parameters[name] = value;
            position = text.IndexOf(',', position);
            if (position < 0)
            {
                break;
            }
        }

        return parameters;
    }

    private static string Plain(string text, ref int position)
    {
        var (start, end) = (position, text.IndexOf(',', position));
        position = end < 0 ? text.Length : end;
        return text[start..position].Trim();
    }

    private static string Quoted(string text, ref int position)
    {
        var value = new StringBuilder();
        for (position++; position < text.Length && text[position] != '"'; position++)
        {
            position += text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
            value.Append(text[position]);
        }

        return value.ToString();
    }
}
