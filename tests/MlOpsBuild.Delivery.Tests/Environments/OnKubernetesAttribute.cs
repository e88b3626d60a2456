using System.Reflection;
using Xunit.Sdk;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>The test holds on the environment <c>kubernetes</c>.</summary>
public sealed class OnKubernetesAttribute : DataAttribute
{
    /// <summary>The environment's name.</summary>
    public const string Name = "kubernetes";

    /// <summary>Skipped with the reason where the engine that runs its pods cannot be started.</summary>
    public OnKubernetesAttribute() => Skip = TestKit.DockerEngine.Missing!;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}
