using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace MlOpsBuild.Components;

/// <summary>
/// What NUKE lets pass: an unknown switch is ignored, <c>--data=x</c> is a switch of that name, <c>--no-publish</c> means nothing and a word
/// that is no number ends in a stack trace. A build for machine learning that trains on other data than was meant is worse than none.
/// </summary>
internal static class CommandLineCheck
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Everything that the command line has against it, one sentence each.</summary>
    /// <param name="build">The build's type.</param>
    /// <param name="arguments">The words after the program's name.</param>
    public static IReadOnlyList<string> Problems(Type build, IReadOnlyList<string> arguments)
    {
        var known = Parameters(build);
        var problems = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] is not ['-', ..] argument)
            {
                continue;
            }

            List<string> values = [.. arguments.Skip(index + 1).TakeWhile(word => !word.StartsWith('-'))];
            problems.AddRange(Problem(known, argument, values) is { } problem ? [problem] : []);
        }

        return problems;
    }

    /// <summary>Gives <c>MLOPS_NAME</c> of the environment to NUKE under the name that it reads.</summary>
    public static void AdoptVariables(Type build, Func<string, string?> read, Action<string, string> write)
    {
        foreach (var (name, _) in Parameters(build).Values)
        {
            var words = string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString())).ToUpperInvariant();
            if (read("MLOPS_" + words) is { Length: > 0 } value && read("NUKE_" + words) == null)
            {
                write("NUKE_" + words, value);
            }
        }
    }

    private static string? Problem(Dictionary<string, (string Name, Type Type)> known, string argument, List<string> values)
    {
        var name = argument.TrimStart('-');
        if (known.TryGetValue(Fold(name), out var parameter))
        {
            return values.Select(value => NotA(parameter.Type, value)).FirstOrDefault(text => text != null) is { } wrong ? $"{argument} {wrong}" : null;
        }

        if (name.Split('=', 2) is [var before, var after] && known.TryGetValue(Fold(before), out _))
        {
            return $"{argument} is not understood by NUKE: write --{before} {after}";
        }

        return name.StartsWith("no-", StringComparison.OrdinalIgnoreCase) && known.TryGetValue(Fold(name[3..]), out var turned) && Scalar(turned.Type) == typeof(bool)
            ? $"{argument} is not understood by NUKE: write --{name[3..]} false"
            : $"{argument} is no parameter of this build; --help lists them";
    }

    private static string? NotA(Type type, string value)
    {
        var scalar = Scalar(type);
        if (scalar.IsEnum)
        {
            return Enum.TryParse(scalar, value, ignoreCase: true, out _) ? null : $"'{value}' is not one of {string.Join(", ", Enum.GetNames(scalar))}";
        }

        var kind = scalar == typeof(int) || scalar == typeof(long) ? "a whole number" : scalar == typeof(double) ? "a number" : scalar == typeof(bool) ? "true or false" : null;
        return kind == null || TypeDescriptor.GetConverter(scalar) is var converter && converter.IsValid(value) && (scalar != typeof(double) || double.TryParse(value, CultureInfo.InvariantCulture, out _))
            ? null
            : $"'{value}' is not {kind}";
    }

    private static Type Scalar(Type type) => type.GetElementType() is { } element ? Scalar(element) : Nullable.GetUnderlyingType(type) ?? type;

    private static Dictionary<string, (string Name, Type Type)> Parameters(Type build)
    {
        var levels = new List<Type>();
        for (var level = build; level != null; level = level.BaseType)
        {
            levels.Add(level);
        }

        var found = new Dictionary<string, (string, Type)>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in levels.Concat(build.GetInterfaces()).SelectMany(type => type.GetMembers(Declared)))
        {
            if (member.GetCustomAttribute<ParameterAttribute>() is { } attribute && member is PropertyInfo or FieldInfo)
            {
                var name = member.DeclaringType!.GetCustomAttribute<ParameterPrefixAttribute>()?.Prefix + (attribute.Name ?? member.Name);
                found.TryAdd(Fold(name), (name, member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType));
            }
        }

        return found;
    }

    private static string Fold(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
