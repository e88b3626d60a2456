using System.Reflection;
using Xunit.Sdk;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>The test holds on the environment <c>local</c>.</summary>
public sealed class OnLocalAttribute : DataAttribute
{
    /// <summary>The environment's name.</summary>
    public const string Name = "local";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}
