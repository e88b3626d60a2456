using System.Globalization;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Gates;

namespace MlOpsBuild.Components.Flow;

/// <summary>Prints the gate table.</summary>
internal static class GateTable
{
    public static void Write(ISessionOutput output, Evidence evidence, int? champion)
    {
        output.Table(
            ["Gate", "Candidate", "Compared with", "Difference [95 %]", "Verdict", "Evidence"],
            evidence.Gates.Select(gate => (IReadOnlyList<string>)
            [
                gate.Gate, Text(gate.Candidate), Reference(gate, champion), Difference(gate), gate.Blocking ? gate.Verdict.ToString() : "–", gate.Evidence,
            ]));
        output.Line("hold-out: " + string.Join(", ", evidence.Metrics.Select(metric => $"{metric.Name} {Text(metric.Value)}")) + $"; verdict {evidence.Verdict}");
    }

    private static string Reference(GateOutcome gate, int? champion)
    {
        var name = gate.ReferenceName == "champion" ? $"champion v{champion}" : gate.ReferenceName;
        return gate.Reference is { } value ? $"{Text(value)} ({name})" : name;
    }

    private static string Difference(GateOutcome gate) => gate.Difference is { } interval
        ? string.Create(CultureInfo.InvariantCulture, $"{gate.Candidate - gate.Reference:+0.00;-0.00} [{interval.Lower:+0.00;-0.00}, {interval.Upper:+0.00;-0.00}]")
        : "";

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
}
