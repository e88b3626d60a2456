using MlOpsBuild.Delivery.Servers;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>A model server as it was just observed.</summary>
/// <param name="Instance">What was remembered.</param>
/// <param name="Alive">Whether it answered with its own id.</param>
/// <param name="Percent">Share of requests it gets.</param>
public sealed record ObservedServer(ServerInstance Instance, bool Alive, double Percent);
