namespace MlOpsBuild.Components.Session;

/// <summary>Lets several speak in their order: the first that has not ended as it goes, those behind it when it has.</summary>
internal sealed class OutputTurns
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<HeldOutput> _outputs;
    private readonly bool[] _ended;
    private int _front;

    /// <param name="output">Where they speak.</param>
    /// <param name="count">How many.</param>
    public OutputTurns(ISessionOutput output, int count)
    {
        _outputs = [.. Enumerable.Range(0, count).Select(_ => new HeldOutput(output))];
        _ended = new bool[count];
        _outputs[0].Release();
    }

    /// <summary>The output of the one at <paramref name="place"/>.</summary>
    public ISessionOutput Of(int place) => _outputs[place];

    /// <summary>It has nothing more to say.</summary>
    public void End(int place)
    {
        lock (_gate)
        {
            _ended[place] = true;
            while (_front < _ended.Length && _ended[_front])
            {
                _front++;
                if (_front < _ended.Length)
                {
                    _outputs[_front].Release();
                }
            }
        }
    }
}
