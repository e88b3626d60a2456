namespace MlOpsBuild.Store.Retention.Tests;

internal sealed record AnyDeed(AnyDeedKind Kind, string Pipeline, int Number);
