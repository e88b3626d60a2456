using MlOpsBuild.Core;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Draws the arm of each request independently, at the weight in force.</summary>
internal sealed class Assignment(long seed)
{
    private readonly SplitMix64 _random = new((ulong)seed);
    private readonly Lock _gate = new();

    public bool IsCanary(double percent)
    {
        lock (_gate)
        {
            return _random.NextDouble() * 100 < percent;
        }
    }
}
