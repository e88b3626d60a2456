using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Output;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public static void Write(
        BuildConsole console, IEnumerable<ExecutableTarget> targets, IEnumerable<ParameterDeclaration> parameters, IEnumerable<ExecutableTarget> defaults)
    {
        var listed = targets.Where(target => target.Listed).ToList();
        var defaultNames = defaults.Select(target => target.Name).ToHashSet();
        console.Line("Usage: ./build.sh [targets] [--parameter value …]");
        console.Line();
        console.Line("Targets", ConsoleTone.Strong);
        var width = listed.Select(target => target.Name.Length).DefaultIfEmpty().Max() + 4;
        foreach (var target in listed)
        {
            var needs = target.Needs.Count > 0 ? $" (needs {string.Join(", ", target.Needs.Select(needed => needed.Name))})" : "";
            var mark = defaultNames.Contains(target.Name) ? " (default)" : "";
            console.Line($"  {target.Name.PadRight(width)}{target.Description}{needs}{mark}");
        }

        console.Line();
        console.Line("Parameters (command line, then environment MLOPS_NAME, then .nuke/parameters.json)", ConsoleTone.Strong);
        var shown = parameters.Where(parameter => parameter.Attribute.List).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        width = shown.Max(parameter => parameter.Name.Length) + 4;
        foreach (var parameter in shown)
        {
            var kind = parameter.IsSwitch ? "" : $" [{ValueConversion.Describe(parameter.ElementType)}{(parameter.IsList ? ", several" : "")}]";
            console.Line($"  --{parameter.Name.PadRight(width)}{parameter.Attribute.Description}{kind}");
        }

        console.Line();
        console.Line("Exit codes: 0 passed, 1 a target broke, 2 wrong usage, 3 a gate said no, 4 inconclusive, 130/143 stopped.");
    }
}
