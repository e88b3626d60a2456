using System.Text;

namespace MlOpsBuild.Serving.Hosting;

/// <summary>A server's own log: appended, and moved aside once it is large, so that it never fills the disk.</summary>
internal sealed class ServerLog : IDisposable
{
    private const long Largest = 4 * 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly string? _path;
    private readonly TimeProvider _time;
    private StreamWriter _writer;

    public ServerLog(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
        _writer = Open(path);
    }

    private ServerLog(Stream stream, TimeProvider time) => (_time, _writer) = (time, Over(stream));

    /// <summary>A log that somebody else keeps.</summary>
    public static ServerLog To(Stream stream, TimeProvider time) => new(stream, time);

    public void Write(string line)
    {
        lock (_gate)
        {
            if (_path != null && _writer.BaseStream.Length > Largest)
            {
                _writer.Dispose();
                File.Move(_path, _path + ".1", overwrite: true);
                _writer = Open(_path);
            }

            _writer.WriteLine($"{_time.GetUtcNow():O} {line}");
        }
    }

    public void Dispose() => _writer.Dispose();

    private static StreamWriter Open(string path) => Over(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));

    private static StreamWriter Over(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
