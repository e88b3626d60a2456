using System.Collections;
using System.ComponentModel;
using System.Globalization;

namespace MlOpsBuild.Components;

/// <summary>
/// What NUKE lets pass: an unknown switch is ignored, <c>--data=x</c> is a switch of that name, <c>--no-publish</c> means nothing and a
/// word that is no number ends in a stack trace. A build for machine learning that trains on other data than was meant is worse than none.
/// </summary>
internal static class CommandLineCheck
{
    /// <summary>Everything that the command line has against it, one sentence each.</summary>
    /// <param name="known">What the build has.</param>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="operands">Parameters that words behind a target stand for on our own engine.</param>
    public static IReadOnlyList<string> Problems(
        BuildParameters known, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, IReadOnlyList<string>> operands)
    {
        var problems = UnknownTargets(known, [.. arguments.TakeWhile(word => !word.StartsWith('-'))], operands).ToList();
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
    public static void AdoptVariables(BuildParameters known, Func<string, string?> read, Action<string, string> write)
    {
        foreach (var name in known.Names)
        {
            var words = string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? "_" + letter : letter.ToString()))
                .ToUpperInvariant();
            if (read("MLOPS_" + words) is { Length: > 0 } value && read("NUKE_" + words) == null)
            {
                write("NUKE_" + words, value);
            }
        }
    }

    // NUKE takes every word before the first switch for a target, whatever target it follows.
    private static IEnumerable<string> UnknownTargets(
        BuildParameters known, List<string> words, IReadOnlyDictionary<string, IReadOnlyList<string>> operands)
    {
        IReadOnlyList<string> expected = [];
        foreach (var word in words)
        {
            if (word.Split('+').All(known.HasTarget))
            {
                expected = operands.GetValueOrDefault(BuildParameters.Fold(word), []);
                continue;
            }

            yield return expected is [var parameter, ..]
                ? $"{word} is no target, and NUKE takes it for one: write --{parameter.TrimEnd('*')} {word}"
                : $"{word} is no target of this build; --help lists them";
            expected = expected is [[.., '*'], ..] ? expected : [.. expected.Skip(1)];
        }
    }

    private static string? Problem(BuildParameters known, string argument, List<string> values)
    {
        var name = argument.TrimStart('-');
        if (known.Find(name) is var (_, type))
        {
            return ProblemOfValues(known, type, argument, values);
        }

        if (name.Split('=', 2) is [var before, var after] && known.Find(before) != null)
        {
            return $"{argument} is not understood by NUKE: write --{before} {after}";
        }

        return name.StartsWith("no-", StringComparison.OrdinalIgnoreCase)
            && known.Find(name[3..]) is var (_, turned)
            && Scalar(turned) == typeof(bool)
            ? $"{argument} is not understood by NUKE: write --{name[3..]} false"
            : $"{argument} is no parameter of this build; --help lists them";
    }

    // A switch may stand alone; any other parameter takes its value, and a list all that follow.
    private static string? ProblemOfValues(BuildParameters known, Type type, string argument, List<string> values)
    {
        var isList = type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));
        var standsAlone = Scalar(type) == typeof(bool) && values is [var first, ..] && known.HasTarget(first);
        var taken = isList ? values.Count : standsAlone ? 0 : 1;
        if (values.Take(taken).Select(value => NotA(type, value)).FirstOrDefault(text => text != null) is { } wrong)
        {
            return $"{argument} {wrong}";
        }

        return values.ElementAtOrDefault(taken) is not { } more ? null
            : known.HasTarget(more) ? $"{argument} is followed by the target {more}: NUKE takes targets before the first switch only"
            : $"{argument} takes one value, and {more} is another";
    }

    // What converts is asked, as NUKE asks it: the converter of the type, which a build's own kinds of values have, too.
    private static string? NotA(Type type, string value)
    {
        var scalar = Scalar(type);
        if (scalar.IsEnum)
        {
            return Enum.GetNames(scalar).Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"'{value}' is not one of {string.Join(", ", Enum.GetNames(scalar))}";
        }

        var converter = TypeDescriptor.GetConverter(scalar);
        return scalar == typeof(string) || !converter.CanConvertFrom(typeof(string))
            || (Converts(converter, value) && (!IsFraction(scalar) || double.TryParse(value, CultureInfo.InvariantCulture, out _)))
            ? null
            : $"'{value}' is not {Kind(scalar)}";
    }

    private static bool Converts(TypeConverter converter, string value)
    {
        try
        {
            return converter.ConvertFromInvariantString(value) != null;
        }
        catch (Exception)
        {
            // Converters say no in many ways.
            return false;
        }
    }

    private static bool IsFraction(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(decimal);

    private static string Kind(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte) ? "a whole number"
        : IsFraction(type) ? "a number"
        : type == typeof(bool) ? "true or false"
        : $"a {type.Name}";

    private static Type Scalar(Type type) =>
        type.GetElementType() is { } element ? Scalar(element) : Nullable.GetUnderlyingType(type) ?? type;
}
