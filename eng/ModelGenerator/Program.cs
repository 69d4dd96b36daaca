using Poolhouse.ModelGenerator;

var root = Environment.CurrentDirectory;
while (!File.Exists(Path.Combine(root, "Poolhouse.slnx")))
    root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run inside the repository.");

foreach (var service in Service.All)
{
    var folder = Path.Combine(root, "src", "Poolhouse.Protocol", service.Name);
    Directory.CreateDirectory(folder);
    foreach (var stale in Directory.EnumerateFiles(folder, "*.g.cs"))
        File.Delete(stale);

    var files = Generator.Generate(service, File.ReadAllText(Path.Combine(root, "eng", "model", service.ModelFile)));
    foreach (var (name, text) in files)
        File.WriteAllText(Path.Combine(folder, name), text);
    Console.WriteLine($"{service.Name}: {files.Count} files");
}
