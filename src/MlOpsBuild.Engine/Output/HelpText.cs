using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    private const int Left = 24;

    /// <summary>The whole help; with <paramref name="named"/> targets, what these do.</summary>
    public static void Write(
        BuildContext context, IReadOnlyCollection<ExecutableTarget> targets, IReadOnlyCollection<ParameterDeclaration> parameters,
        IReadOnlyCollection<ExecutableTarget> named)
    {
        var (console, command) = (context.Console, context.Command);
        var sections = HelpSection.Of(targets, parameters);
        if (named.Count > 0)
        {
            WriteNamed(console, command, targets, named, sections);
            return;
        }

        console.Print($"Usage: {command} [targets] [--parameter value …]");
        console.Print();
        console.Print("Targets, each with the parameters that only it takes", ConsoleTone.Strong);
        foreach (var section in sections.Where(section => section.Targets.Count > 0))
        {
            WriteSection(console, command, section);
        }

        console.Print();
        console.Print("Parameters of several targets, and of the build", ConsoleTone.Strong);
        WriteParameters(console, sections[^1].Parameters);
        console.Print();
        console.Print(
            $"A parameter comes from the command line, then from the environment (MLOPS_NAME), then from {context.SettingsFolder}/parameters.json.");
        console.Print(
            $"Switches: --no-NAME turns one off. Values: --name value or --name=value. {command} TARGET --help tells more of a target.");
        console.Print("Exit codes: 0 passed, 1 a target broke, 2 wrong usage, 3 a gate said no, 4 inconclusive, 5 something would run (--plan --exit-code), 130/143 stopped.");
    }

    private static void WriteSection(BuildConsole console, string command, HelpSection section)
    {
        console.Print();
        foreach (var target in section.Targets)
        {
            var needs = target.Needs.Count > 0 ? $" (needs {Names(target.Needs)})" : "";
            var mark = target.IsDefault ? " (default)" : "";
            Row(console, $"  {target.Name}", $"{target.Description}{needs}{mark}");
        }

        WriteParameters(console, section.Parameters);
        WriteExamples(console, command, section.Targets);
    }

    private static void WriteParameters(BuildConsole console, IReadOnlyList<ParameterDeclaration> parameters)
    {
        foreach (var parameter in parameters)
        {
            var kind = parameter.IsSwitch
                ? ""
                : $" [{ValueConversion.Describe(parameter.ElementType)}{(parameter.IsList ? ", several" : "")}]";
            var remark = (parameter.IsRequired ? " (required)" : "") + (parameter.IsSecret ? " (secret: never printed)" : "");
            Row(console, $"    --{parameter.Name}", $"{parameter.Attribute.Description}{kind}{remark}");
        }
    }

    private static void WriteExamples(BuildConsole console, string command, IEnumerable<ExecutableTarget> targets)
    {
        foreach (var (arguments, meaning) in targets.SelectMany(target => target.Examples))
        {
            console.Print($"      {command} {arguments}  # {meaning}", ConsoleTone.Faint);
        }
    }

    // Targets that are declared together share their parameters, which are told once, after the last of them.
    private static void WriteNamed(
        BuildConsole console, string command, IReadOnlyCollection<ExecutableTarget> targets, IReadOnlyCollection<ExecutableTarget> named,
        IReadOnlyList<HelpSection> sections)
    {
        foreach (var group in named.GroupBy(target => sections.FirstOrDefault(section => section.Targets.Contains(target))))
        {
            foreach (var target in group)
            {
                WriteTarget(console, target, targets);
            }

            WriteParameters(console, group.Key?.Parameters ?? []);
            WriteExamples(console, command, group);
        }
    }

    private static void WriteTarget(BuildConsole console, ExecutableTarget target, IReadOnlyCollection<ExecutableTarget> targets)
    {
        console.Print(target.Name, ConsoleTone.Strong);
        (string Label, string Text)[] lines =
        [
            ("", target.Description ?? ""),
            ("needs: ", Names(target.Needs)),
            ("after, when both run: ", Names(target.Follows)),
            ("needed by: ", Names(targets.Where(other => other.Needs.Contains(target)))),
            ("pulls in: ", Names(target.Pulls)),
            (
                "only when: ",
                string.Join("; ", target.StaticConditions.Concat(target.DynamicConditions).Select(condition => condition.Text))),
            ("before it begins: ", string.Join("; ", target.Requirements.Select(requirement => requirement.Text))),
            ("leaves: ", string.Join(", ", target.Products)),
            ("", target.AssuredAfterFailure ? "runs also after a failure or a stop" : ""),
            ("", target.ProceedAfterFailure ? "its failure does not stop later targets" : ""),
        ];
        foreach (var (label, text) in lines.Where(line => line.Text.Length > 0))
        {
            console.Print($"  {label}{text}");
        }
    }

    private static void Row(BuildConsole console, string left, string right) =>
        console.Print(TextWrap.Of($"{left.PadRight(Left - 2)}  {right.TrimStart()}".TrimEnd(), console.Width, Left));

    private static string Names(IEnumerable<ExecutableTarget> targets) => string.Join(", ", targets.Select(target => target.Name));
}
