namespace MlOpsBuild.Engine.Execution.Tests;

[Flags]
internal enum TargetTraits
{
    None = 0,
    Fails = 1,
    Proceeds = 2,
    Assured = 4,
    StaticallyOut = 8,
    DynamicallyOut = 16,
    KeepsDependencies = 32,
    Collective = 64,
}
