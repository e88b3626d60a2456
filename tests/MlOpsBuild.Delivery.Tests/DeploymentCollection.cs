namespace MlOpsBuild.Delivery.Tests;

/// <summary>Tests that deploy to processes; they run one after the other and share the installed program.</summary>
[CollectionDefinition(nameof(DeploymentCollection))]
public sealed class DeploymentCollection : ICollectionFixture<InstalledServer>;
