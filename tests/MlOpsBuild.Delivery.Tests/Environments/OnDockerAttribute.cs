using System.Reflection;
using Xunit.Sdk;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>The test holds on the environment <c>docker</c>.</summary>
public sealed class OnDockerAttribute : DataAttribute
{
    /// <summary>The environment's name.</summary>
    public const string Name = "docker";

    /// <summary>Skipped with the reason where the engine cannot be started.</summary>
    public OnDockerAttribute() => Skip = TestKit.DockerEngine.Missing!;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}
