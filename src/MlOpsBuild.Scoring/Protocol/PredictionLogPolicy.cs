namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Which predictions a gateway keeps for monitoring, and what of personal data.</summary>
/// <param name="SharePercent">Share of requests that are kept, in percent, 0 to 100; a request's id decides, so that every label that
/// comes finds its prediction.</param>
/// <param name="Hashed">Columns of personal data that are kept as keyed hashes; the others of that kind are left out.</param>
public sealed record PredictionLogPolicy(double SharePercent, IReadOnlyList<string> Hashed)
{
    /// <summary>
    /// Request header that names the unit of A/B tests, of which the first request of each day is kept, as a keyed hash.
    /// </summary>
    /// <value>null: no unit is kept.</value>
    public string? UnitHeader { get; init; }

    /// <summary>All requests, and no personal data.</summary>
    public static PredictionLogPolicy Usual { get; } = new(100, []);
}
