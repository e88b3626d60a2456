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
                gate.Gate, Text(gate.Candidate), Reference(gate, champion), Difference(gate), gate.Blocking ? gate.Verdict.ToString() : "–",
                gate.Evidence,
            ]));
        output.Line("hold-out: " + string.Join(", ", evidence.Metrics.Select(metric => $"{metric.Name} {Text(metric.Value)}"))
            + $"; verdict {evidence.Verdict}");
    }

    private static string Reference(GateOutcome gate, int? champion)
    {
        var name = gate.ReferenceName == "champion" ? $"champion v{champion}" : gate.ReferenceName;
        return gate.Reference is { } value ? $"{Text(value)} ({name})" : name;
    }

    private static string Difference(GateOutcome gate) => gate.Difference is { } interval
        ? $"{Change(gate.Candidate - gate.Reference, gate)} [{Change(interval.Lower, gate)}, {Change(interval.Upper, gate)}]"
        : "";

    // As many digits as the values have that were compared; what rounds to nothing has no sign.
    private static string Change(double? value, GateOutcome gate)
    {
        var digits = Digits(gate.Candidate);
        var rounded = Math.Round(value ?? double.NaN, digits);
        var text = Math.Abs(rounded).ToString($"F{digits}", CultureInfo.InvariantCulture);
        return (rounded > 0 ? "+" : rounded < 0 ? "-" : "") + text;
    }

    private static string Text(double value) => value.ToString($"F{Digits(value)}", CultureInfo.InvariantCulture);

    private static int Digits(double value) => Math.Abs(value) >= 10 ? 2 : 3;
}
