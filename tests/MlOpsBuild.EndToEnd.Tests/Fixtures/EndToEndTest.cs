namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A test on a checkout of its own.</summary>
/// <param name="repository">The copy of the built repository.</param>
/// <param name="warm">Whether the checkout knows the results of the stages that most tests begin with, as one where somebody has trained
/// before: for tests of what comes after.</param>
public abstract class EndToEndTest(BuiltRepository repository, bool warm = false) : IClassFixture<BuiltRepository>, IAsyncLifetime
{
    /// <summary>The copy of the built repository.</summary>
    protected BuiltRepository Repository { get; } = repository;

    /// <summary>This test's checkout.</summary>
    protected Checkout Checkout { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Checkout = await Repository.CheckOutAsync(warm);

    /// <inheritdoc />
    public async Task DisposeAsync() => await Checkout.DisposeAsync();
}
