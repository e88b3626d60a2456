namespace MlOpsBuild.Data.Simulation;

/// <summary>Makes rows where none were measured. Its public properties are its options; the same options give the same bytes.</summary>
public abstract record Simulator
{
    /// <summary>What it simulates, in a word or two.</summary>
    public abstract string Describe();

    /// <summary>The simulated file: CSV with a header.</summary>
    public abstract byte[] Write();
}
