namespace MlOpsBuild.Delivery.Tests;

/// <summary>Tests that start containers; they run one after the other and share the engine.</summary>
[CollectionDefinition(nameof(ContainerCollection), DisableParallelization = true)]
public sealed class ContainerCollection : ICollectionFixture<ContainerFixture>;
