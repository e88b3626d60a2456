namespace MlOpsBuild.Engine.Planning.Tests;

internal enum EdgeKind
{
    Need,
    Order,
    Pull,
}
