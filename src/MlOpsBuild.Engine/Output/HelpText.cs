using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>The whole help; with <paramref name="named"/> targets, what these do.</summary>
    public static void Write(
        BuildConsole console, IReadOnlyCollection<ExecutableTarget> targets, IEnumerable<ParameterDeclaration> parameters, IReadOnlyCollection<ExecutableTarget> named)
    {
        if (named.Count > 0)
        {
            foreach (var target in named)
            {
                WriteTarget(console, target, targets);
            }

            return;
        }

        var listed = targets.Where(target => target.Listed).ToList();
        console.Print("Usage: ./build.sh [targets] [--parameter value …]");
        console.Print();
        console.Print("Targets", ConsoleTone.Strong);
        var width = listed.Select(target => target.Name.Length).DefaultIfEmpty().Max() + 4;
        foreach (var target in listed)
        {
            var needs = target.Needs.Count > 0 ? $" (needs {Names(target.Needs)})" : "";
            var mark = target.IsDefault ? " (default)" : "";
            console.Print($"  {target.Name.PadRight(width)}{target.Description}{needs}{mark}");
        }

        console.Print();
        console.Print("Parameters (command line, then environment MLOPS_NAME, then .nuke/parameters.json)", ConsoleTone.Strong);
        var shown = parameters.Where(parameter => parameter.Attribute.List).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        width = shown.Max(parameter => parameter.Name.Length) + 4;
        foreach (var parameter in shown)
        {
            var kind = parameter.IsSwitch ? "" : $" [{ValueConversion.Describe(parameter.ElementType)}{(parameter.IsList ? ", several" : "")}]";
            var remark = (parameter.IsRequired ? " (required)" : "") + (parameter.IsSecret ? " (secret: never printed)" : "");
            console.Print($"  --{parameter.Name.PadRight(width)}{parameter.Attribute.Description}{kind}{remark}");
        }

        console.Print();
        console.Print("Switches: --no-NAME turns one off. Values: --name value or --name=value. ./build.sh TARGET --help tells more of a target.");
        console.Print("Exit codes: 0 passed, 1 a target broke, 2 wrong usage, 3 a gate said no, 4 inconclusive, 5 something would run (--plan --exit-code), 130/143 stopped.");
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
            ("only when: ", string.Join("; ", target.StaticConditions.Concat(target.DynamicConditions).Select(condition => condition.Text))),
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

    private static string Names(IEnumerable<ExecutableTarget> targets) => string.Join(", ", targets.Select(target => target.Name));
}
