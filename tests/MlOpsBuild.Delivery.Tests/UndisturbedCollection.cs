namespace MlOpsBuild.Delivery.Tests;

/// <summary>Tests that put load on servers, with nothing beside them.</summary>
[CollectionDefinition(nameof(UndisturbedCollection), DisableParallelization = true)]
public sealed class UndisturbedCollection : ICollectionFixture<InstalledServer>;
