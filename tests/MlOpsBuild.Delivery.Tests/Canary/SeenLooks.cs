namespace MlOpsBuild.Delivery.Canary.Tests;

/// <summary>Keeps looks in the order reported.</summary>
internal sealed class SeenLooks : IProgress<CanaryLook>
{
    public List<CanaryLook> Looks { get; } = [];

    public void Report(CanaryLook value) => Looks.Add(value);
}
