namespace MlOpsBuild.Benchmarks;

/// <summary>A time beside a peer's, measured in the same run.</summary>
internal sealed record BenchmarkResult(string Name, double Seconds, string Peer, double PeerSeconds, double Goal)
{
    public double Ratio => Seconds / PeerSeconds;

    public bool Met => Ratio < Goal;
}
