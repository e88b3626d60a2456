namespace MlOpsBuild.Core;

/// <summary>
/// A unit of work whose result depends on its declared inputs and nothing else, so that it can be restored.
/// It reads what <typeparamref name="TInput"/> names and writes only into the directory it is given.
/// An expected bad outcome is a result or a <see cref="StageFailedException"/>; anything else thrown is a bug.
/// </summary>
/// <typeparam name="TInput">Immutable inputs; artifacts count by digest.</typeparam>
/// <typeparam name="TResult">Immutable, JSON-serialisable result.</typeparam>
public abstract class Stage<TInput, TResult>
{
    /// <summary>Name shown to people and used in the key.</summary>
    public abstract string Name { get; }

    /// <summary>Raise when the meaning of the result changes without a change of code.</summary>
    public virtual int Version => 1;

    /// <summary>Whether its result holds what was measured, such as times, and is another one in every run; its files are not.</summary>
    public virtual bool Measures => false;

    /// <summary>Everything the result depends on, besides the code, which the runner adds.</summary>
    public abstract IReadOnlyList<StageInput> Key(TInput input);

    /// <summary>Names of environment variables the result depends on; the runner adds their values to the key.</summary>
    public virtual IReadOnlyList<string> Variables(TInput input) => [];

    /// <summary>
    /// Files of the input that are outputs as they are, by name: the runner stores those whose content it
    /// lacks, and leaves the others alone.
    /// </summary>
    public virtual IReadOnlyDictionary<string, Artifact> Kept(TInput input) => new Dictionary<string, Artifact>();

    /// <summary>Does the work; files go to <paramref name="outputDirectory"/>, which exists and is empty.</summary>
    public abstract Task<TResult> RunAsync(
        TInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken);
}
