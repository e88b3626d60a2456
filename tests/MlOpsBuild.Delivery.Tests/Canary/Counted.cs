using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Counts written by hand.</summary>
internal static class Counted
{
    public static ArmCounts Arm(int requests, int labels = 0, params (BadEvent Kind, int Count)[] bad) =>
        new(requests, labels, bad.ToDictionary(pair => pair.Kind, pair => pair.Count));

    public static EpochCounts At(double percent, ArmCounts baseline, ArmCounts canary) => new((int)percent, percent / 100, baseline, canary);
}
