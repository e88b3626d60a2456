using System.Reflection;
using System.Text;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>How a member is called on the command line and in the environment.</summary>
internal static class ParameterName
{
    /// <summary><c>LearningRate</c> → <c>learning-rate</c>.</summary>
    public static string Of(MemberInfo member) => Of(member, member.GetCustomAttribute<ParameterAttribute>());

    /// <summary>The same of a member whose attribute is at hand.</summary>
    public static string Of(MemberInfo member, ParameterAttribute? attribute) =>
        Kebab(member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix
            + (attribute?.Name ?? member.Name[(member.Name.LastIndexOf('.') + 1)..]));

    /// <summary>Upper-case letters begin words.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            _ = char.IsUpper(letter) && text.Length > 0 && text[^1] != '-' ? text.Append('-') : text;
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>Letters and digits only, lower case: what two spellings of one name share.</summary>
    public static string Fold(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary><c>learning-rate</c> → <c>MLOPS_LEARNING_RATE</c>.</summary>
    public static string Environment(string kebab) => "MLOPS_" + kebab.Replace('-', '_').ToUpperInvariant();
}
