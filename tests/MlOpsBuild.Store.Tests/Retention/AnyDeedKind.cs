namespace MlOpsBuild.Store.Retention.Tests;

internal enum AnyDeedKind
{
    Register,
    Promote,
    Deploy,
    Audit,
    Run,
    Approve,
}
