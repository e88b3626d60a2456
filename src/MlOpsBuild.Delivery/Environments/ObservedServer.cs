using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>A model server as it was just observed.</summary>
/// <param name="Instance">What was remembered.</param>
/// <param name="Alive">Whether it answered.</param>
/// <param name="Percent">Share of requests it gets.</param>
public sealed record ObservedServer(ServerInstance Instance, bool Alive, double Percent)
{
    /// <summary>Why it does not answer, as far as whoever runs it knows; null where it answers, or nobody knows.</summary>
    public string? Problem { get; init; }
}
