using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>A rehearsed fault. For rehearsals only: a version made bad on purpose never serves.</summary>
/// <param name="Errors">Share of requests answered with 500, in [0, 1].</param>
/// <param name="LatencyMilliseconds">Added to every answer.</param>
/// <param name="PredictionFactor">Factor on every prediction; 1 changes nothing.</param>
public sealed record FaultOptions(double Errors = 0, double LatencyMilliseconds = 0, double PredictionFactor = 1)
{
    /// <summary>Reads <c>errors=0.05</c>, <c>latency=300ms</c> or <c>predictions=1.3x</c>; several separated by commas.</summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static FaultOptions Parse(string text)
    {
        var fault = new FaultOptions();
        foreach (var part in text.Split(','))
        {
            fault = part.Split('=') switch
            {
                ["errors", var share] when Number(share, "", out var value) && value <= 1 => fault with { Errors = value },
                ["latency", var time] when Number(time, "ms", out var value) => fault with { LatencyMilliseconds = value },
                ["predictions", var factor] when Number(factor, "x", out var value) => fault with { PredictionFactor = value },
                _ => throw new UsageException(new Finding(
                    "MLB2208", "Unknown fault", "--inject-fault", part, "errors=0.05, latency=300ms or predictions=1.3x",
                    "use one of these")),
            };
        }

        return fault;
    }

    /// <summary>The fault in the words of the switch.</summary>
    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"errors={Errors}, latency={LatencyMilliseconds}ms, predictions={PredictionFactor}x");

    private static bool Number(string text, string unit, out double value) =>
        double.TryParse(
            text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text, NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
}
