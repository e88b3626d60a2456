using System.Text.RegularExpressions;

namespace MlOpsBuild.Architecture.Compatibility.Tests;

/// <summary>Turns a row of NUKE's signatures into a C# member without a body worth the name.</summary>
internal static partial class StubMember
{
    private const string Nothing = " => throw null!;";

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Division"] = "/", ["op_Addition"] = "+", ["op_Equality"] = "==", ["op_Inequality"] = "!=",
    };

    public static string OfInterface(string row) => PropertyRow().IsMatch(row) ? row : WithDefaults(row) + ";";

    /// <summary>The member of an interface on a class that has its name otherwise.</summary>
    public static string Explicit(string owner, string row)
    {
        var property = PropertyRow().Match(row);
        return property.Success ? Property(property, $"{property.Groups["type"]} {owner}.{property.Groups["name"]}")
            : ConstraintsOf().Replace(MethodName().Replace(row, $" {owner}.$1", 1), "") + Nothing;
    }

    public static string OfClass(string type, bool isExtension, string row)
    {
        var text = WithDefaults(row);
        var access = text.Contains("protected ", StringComparison.Ordinal) ? "protected " : "public ";
        text = access + text.Replace("protected ", "", StringComparison.Ordinal);
        if (PropertyRow().Match(text) is { Success: true } property)
        {
            return Property(property, $"{property.Groups["type"]} {property.Groups["name"]}");
        }

        return text.Contains(".ctor(", StringComparison.Ordinal) ? text.Replace(".ctor(", $"{type}(", StringComparison.Ordinal) + " { }"
            : text.Contains(" op_", StringComparison.Ordinal) ? OperatorName().Replace(text, Operator) + Nothing
            : (isExtension
                ? text.Insert(text.IndexOf('(', StringComparison.Ordinal) + 1, "this ")
                : Overridden().Replace(text, "override $1"))
                + Nothing;
    }

    private static string Property(Match row, string name) => $"{name} {{ get{Nothing} {(row.Groups["set"].Success ? "set { }" : "")} }}";

    private static string Operator(Match row) =>
        row.Groups["name"].Value == "op_Implicit"
            ? $" implicit operator {row.Groups["type"]}("
            : $" {row.Groups["type"]} operator {Operators[row.Groups["name"].Value]}(";

    // The dump prints values as .NET does: True, *, and the number behind an enum's name.
    private static string WithDefaults(string row) =>
        NumberDefault()
            .Replace(row, "${type} ${name} = (${type})${value}")
            .Replace("= True", "= true", StringComparison.Ordinal)
            .Replace("= False", "= false", StringComparison.Ordinal)
            .Replace("= *", "= \"*\"", StringComparison.Ordinal).Replace("= null", "= default", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<type>.+) (?<name>\w+) \{ get; (?<set>set; )?\}$", RegexOptions.ExplicitCapture)]
    private static partial Regex PropertyRow();

    [GeneratedRegex(@"(?<type>\w+) (?<name>\w+) = (?<value>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberDefault();

    [GeneratedRegex(@" (?<type>\S+) (?<name>op_\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex OperatorName();

    [GeneratedRegex(@"virtual (\w+ (Equals|GetHashCode|ToString)\()")]
    private static partial Regex Overridden();

    [GeneratedRegex(@" (\w+[<(])")]
    private static partial Regex MethodName();

    [GeneratedRegex(@" where .*$")]
    private static partial Regex ConstraintsOf();
}
