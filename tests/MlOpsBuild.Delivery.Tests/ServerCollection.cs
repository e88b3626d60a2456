namespace MlOpsBuild.Delivery.Tests;

/// <summary>
/// Tests that start single servers, beside those that deploy; they run one after the other and share the installed program.
/// </summary>
[CollectionDefinition(nameof(ServerCollection))]
public sealed class ServerCollection : ICollectionFixture<InstalledServer>;
